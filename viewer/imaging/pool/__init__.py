"""Worker processes as the viewer sees them: started, asked, watched, replaced."""
