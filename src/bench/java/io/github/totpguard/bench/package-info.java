/** What a run of the benchmark measured, and the figures that follow from it. Knows nothing of servers. */
package io.github.totpguard.bench;
