"""What accompanies a published document and stays in the office: the inspectors' list (公开前自查表) and the manifest (清单)."""
