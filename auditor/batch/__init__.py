"""Many reports: worker processes, results kept between runs, and the rows of the summary."""
