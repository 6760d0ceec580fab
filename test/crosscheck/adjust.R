# Families of p-values: p_adjust

if (offered("p_adjust(double precision,text)"))
{
	families <- 150 * scale
	cases <- do.call(rbind, lapply(seq_len(families), function(i)
	{
		m <- sample(c(1, 2, 3, 10, 100, 290), 1)
		p <- sample(list(runif(m), runif(m)^6, round(runif(m), 2)), 1)[[1]]
		p[runif(m) < 0.1] <- NA
		data.frame(id = i, p = p)
	}))
	for (method in c("holm", "hochberg", "bh", "by", "bonferroni"))
		check(paste("p_adjust", method), cbind(cases, method = method),
			  c(p = "nuso.p_adjust(p, method) OVER (PARTITION BY id)"),
			  function(family) data.frame(p = p.adjust(family$p, switch(method,
				  bh = "BH", by = "BY", method))),
			  rowwise = TRUE, bound = 1e-14, because = "one product and one quotient")
}
