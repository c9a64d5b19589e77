"""部门预算说明 from source: YAML in, a complete Word document out."""
