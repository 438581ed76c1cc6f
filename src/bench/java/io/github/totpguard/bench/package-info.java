/**
 * What {@code mvn -Pbench} measures with: the load as a Gatling simulation, which runs in a JVM of its own, and the figures
 * made of it. What starts and stops servers is beside the harness of the integration tests.
 */
package io.github.totpguard.bench;
