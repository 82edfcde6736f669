"""识别: what a document says, recognised by the kind of thing that says it: one file per kind."""
