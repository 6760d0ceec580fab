#!/usr/bin/env Rscript
# Rscript test/reference/logistic.R
#
# Compares logit_fits.tsv and logit_terms.tsv with R: glm, sandwich::vcovCL,
# and CR2 with Satterthwaite's degrees of freedom from the matrices of all
# children, scaled by the roots of their weights.  Prints the worst relative
# difference of each quantity and where it is.  Firth's penalty and profiles
# are left to logistic.py: R has neither without further packages.
suppressWarnings(suppressMessages(library(sandwich)))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
folder <- if (length(script)) dirname(script) else "."
read <- function(name)
    read.delim(file.path(folder, name), na.strings = "NULL",
               colClasses = c(x = "character")[name == "logit_rows.tsv"])
rows <- read("logit_rows.tsv")
terms <- read("logit_terms.tsv")
fits <- read("logit_fits.tsv")

worst <- list()
note <- function(what, problem, got, expected) {
    distance <- max(abs(got - expected) / pmax(abs(expected), 1e-9))
    if (is.null(worst[[what]]) || distance > worst[[what]]$distance)
        worst[[what]] <<- list(distance = distance, problem = problem)
}

# one row a child where there are clusters, else one a pattern
problem_data <- function(name) {
    own <- rows[rows$problem == name, ]
    x <- lapply(strsplit(own$x, " "), function(cell)
        if (identical(cell, "-")) numeric(0) else as.numeric(cell))
    x <- cbind(1, matrix(unlist(x), nrow = nrow(own), byrow = TRUE))
    if (is.na(own$cluster[1]))
        return(list(x = x, y = own$events / own$n, n = own$n, cluster = NULL))
    at <- rep(seq_len(nrow(own)), own$n)
    list(x = x[at, , drop = FALSE], n = rep(1, length(at)),
         y = unlist(Map(function(n, e) as.numeric(seq_len(n) <= e), own$n, own$events)),
         cluster = own$cluster[at])
}

# Bell and McCaffrey in the scale in which errors have variance 1
cr2 <- function(x, weights, response, cluster) {
    u <- x * sqrt(weights)
    bread <- solve(crossprod(u))
    residual <- response / sqrt(weights)
    root <- function(h) {
        e <- eigen(diag(nrow(h)) - h, symmetric = TRUE)
        power <- ifelse(e$values > 1e-10, 1 / sqrt(abs(e$values)), 0)
        e$vectors %*% (power * t(e$vectors))
    }
    groups <- split(seq_along(cluster), cluster)
    pieces <- lapply(groups, function(g)
        root(u[g, , drop = FALSE] %*% bread %*% t(u[g, , drop = FALSE])) %*%
            u[g, , drop = FALSE] %*% bread)
    maker <- diag(nrow(u)) - u %*% bread %*% t(u)
    t(sapply(seq_len(ncol(x)), function(term) {
        vectors <- sapply(seq_along(groups), function(g) {
            v <- numeric(nrow(u))
            v[groups[[g]]] <- pieces[[g]][, term]
            v
        })
        omega <- t(vectors) %*% maker %*% vectors
        c(sqrt(sum((t(vectors) %*% residual)^2)),
          sum(diag(omega))^2 / sum(omega^2))
    }))
}

for (name in unique(fits$problem[fits$method == "ml" & fits$status == "ok"])) {
    own <- terms[terms$problem == name & terms$method == "ml" &
                 terms$status == "ok" & terms$covariance == "model", ]
    d <- problem_data(name)
    kept <- sort(unique(terms$term[terms$problem == name & terms$method == "ml" &
                                   !terms$status %in% c("collinear", "no_variation")])) + 1
    x <- d$x[, kept, drop = FALSE]
    model <- suppressWarnings(glm(d$y ~ x - 1, binomial, weights = d$n,
        control = list(epsilon = 1e-15, maxit = 100)))
    if (anyNA(coef(model)))     # what R takes for dependent
        next
    if (nrow(own) == length(kept)) {
        note("coefficients", name, coef(model), own$estimate)
        note("standard errors", name, sqrt(diag(vcov(model))), own$std_error)
    }
    for (kind in c("cr1", "cr2")) {
        own <- terms[terms$problem == name & terms$method == "ml" &
                     terms$status %in% c("ok", "few_clusters") & terms$covariance == kind, ]
        if (nrow(own) != length(kept) || is.null(d$cluster))
            next
        p <- fitted(model)
        if (kind == "cr1")
            note("cr1 standard errors", name,
                 sqrt(diag(vcovCL(model, d$cluster, type = "HC0"))), own$std_error)
        else {
            got <- cr2(x, p * (1 - p), d$y - p, d$cluster)
            note("cr2 standard errors", name, got[, 1], own$std_error)
            note("cr2 df", name, got[, 2], own$df)
        }
    }
}
for (what in names(worst))
    cat(sprintf("%-22s %.1e  %s\n", what, worst[[what]]$distance, worst[[what]]$problem))
