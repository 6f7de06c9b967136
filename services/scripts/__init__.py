"""Brief to scenes (`scripts.write`, queue io.llm): these scripts are film scripts, not shell scripts."""
