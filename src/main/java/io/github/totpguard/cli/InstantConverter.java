package io.github.totpguard.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a time: epoch seconds, or ISO 8601 with an offset. Times before 1970 are refused. */
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
            // The message is the same as for a time before 1970.
        }
        throw new TypeConversionException("expected seconds since 1970, or a time such as 2026-11-22T08:30:00Z");
    }
}
