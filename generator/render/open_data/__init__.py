"""Open data (开放数据): the document's tables and numbers for programs, described as the Frictionless Data Package asks."""
