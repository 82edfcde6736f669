"""指标体系: the model of indicator systems and its checks."""
