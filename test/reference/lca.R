# lca.R - what the R package poLCA finds from twenty random starts
#
# Writes lca_polca.tsv from lca_patterns.tsv and lca_fits.tsv, where all items
# were observed of everybody (poLCA fits others, too, but says less).  Items that
# are the same in all children are left out, as poLCA leaves them out itself.
# Needs poLCA (1.6 was used), which Debian does not have.  Minutes.
#
#     Rscript test/reference/lca.R

library(poLCA)
folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
patterns <- read.delim(file.path(folder, "lca_patterns.tsv"), colClasses = "character")
fits <- read.delim(file.path(folder, "lca_fits.tsv"), colClasses = "character")
out <- file.path(folder, "lca_polca.tsv")
cat("problem\tclasses\tstarts\tlog_likelihood\n", file = out)
set.seed(20261122)
for (i in seq_len(nrow(fits)))
{
	problem <- patterns[patterns$problem == fits$problem[i], ]
	items <- as.integer(problem$items)
	cells <- do.call(rbind, strsplit(strsplit(problem$patterns, " ")[[1]], ":"))
	count <- as.numeric(cells[, 3])
	if (fits$g2[i] == "NULL" || items < 2 || sum(count) > 20000)
		next
	y <- sapply(0:(items - 1), function(j) 1 + floor(as.numeric(cells[, 2]) / 2^j) %% 2)
	y <- as.data.frame(y[rep(seq_along(count), count), ])
	names(y) <- paste0("item", 1:items)
	y <- y[sapply(y, function(x) length(unique(x)) == 2)]
	formula <- as.formula(paste0("cbind(", paste(names(y), collapse = ","), ") ~ 1"))
	fit <- poLCA(formula, y, nclass = as.integer(fits$classes[i]), nrep = 20, maxiter = 5000,
				 verbose = FALSE, calc.se = FALSE)
	cat(sprintf("%s\t%s\t20\t%.10f\n", fits$problem[i], fits$classes[i], fit$llik), file = out, append = TRUE)
}
