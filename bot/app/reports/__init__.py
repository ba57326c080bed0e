"""Reports: documents, matrices and rows, composed of published words and of what a group agreed; of nothing else."""
