/** The measurements of a benchmark run and the figures computed from them. This package accesses no servers. */
package io.github.totpguard.bench;
