# Reads a result in R (Debian: r-cran-ncdf4): Rscript scripts/examples/read_result.R RESULT.h5
library(ncdf4)

result <- nc_open(commandArgs(trailingOnly = TRUE)[1])
output <- ncvar_get(result, "output")           # dimensions reversed: the last one is time
unit <- ncatt_get(result, "output", "units")$value
days <- ncvar_get(result, "time")               # last day of each month, since run.start
months <- length(days)
total <- apply(output, length(dim(output)), sum) # by month, over all other axes
cat(sprintf("%d months, seed %s\n", months, ncatt_get(result, 0, "seed")$value))
cat(sprintf("output of the last month: %.17g %s\n", total[months], unit))
nc_close(result)
