/** The benchmark's programs: they start servers, put load on them and measure. */
package io.github.totpguard.bench.run;
