"""The codebook as the consultant keeps it: each change leads from one version to the next."""
