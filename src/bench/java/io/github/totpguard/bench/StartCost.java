package io.github.totpguard.bench;

/** The duration and memory of a server start, with or without our jar. */
public record StartCost(String server, Estimate seconds, Estimate residentMegabytes) {}
