/** The benchmark's programs: they start servers, generate load and measure. */
package io.github.totpguard.bench.run;
