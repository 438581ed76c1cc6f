package io.github.totpguard.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time as somebody writes it: epoch seconds, or ISO 8601 with an offset. Not before 1970. */
final class InstantConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            Instant moment = text.matches("[0-9]{1,18}")
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
            if (moment.getEpochSecond() >= 0) {
                return moment;
            }
        } catch (DateTimeException e) {
            // The same answer as to a time before 1970.
        }
        throw new TypeConversionException("expected seconds since 1970, or a time such as 2026-11-22T08:30:00Z");
    }
}
