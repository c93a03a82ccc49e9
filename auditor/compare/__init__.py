"""Reports set side by side: two years of one unit, two drafts of one report, and passages that reports share."""
