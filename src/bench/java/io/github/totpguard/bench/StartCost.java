package io.github.totpguard.bench;

/** What a start costs a server, with our jar or without. */
public record StartCost(String server, Estimate seconds, Estimate residentMegabytes) {}
