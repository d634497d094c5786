# R's dbscan on the points that cluster_points wrote.
# usage: Rscript beside_r.R DIR EPS_M MIN_POINTS [hdbscan]; writes r_label.i32 and r_core.u8 there
# and prints "VERSION SECONDS PROCESSOR_SECONDS".
suppressMessages(library(dbscan))
argument <- commandArgs(trailingOnly = TRUE)
directory <- argument[1]
read <- function(axis) {
    path <- file.path(directory, paste0(axis, ".f64"))
    readBin(path, "double", file.size(path) / 8)
}
points <- cbind(read("x"), read("y"))
min_points <- as.integer(argument[3])
if (length(argument) > 3) {
    time <- system.time(found <- hdbscan(points, minPts = min_points))
} else {
    eps <- as.numeric(argument[2])
    time <- system.time(found <- dbscan(points, eps, minPts = min_points))
    writeBin(as.integer(found$cluster) - 1L, file.path(directory, "r_label.i32"))
    writeBin(as.raw(is.corepoint(points, eps, minPts = min_points)),
             file.path(directory, "r_core.u8"))
}
cat(as.character(packageVersion("dbscan")), time["elapsed"], time["user.self"] + time["sys.self"], "\n")
