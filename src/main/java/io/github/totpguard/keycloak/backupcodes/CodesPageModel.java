package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.core.backup.BackupCode;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/** The template data of {@code totp-guard-backup-codes.ftl}; public with getters because FreeMarker reads it. */
public final class CodesPageModel {
    private final List<String> codes;
    private final boolean confirmedByCode;
    private final boolean offer;
    private final Optional<Integer> left;
    private final String realm;
    private final String user;
    private final String fileName;

    CodesPageModel(RequiredActionContext context, List<BackupCode> codes, boolean confirmedByCode, boolean offer) {
        this.codes = codes.stream().map(BackupCode::text).toList();
        this.confirmedByCode = confirmedByCode;
        this.offer = offer;
        this.left = left(context);
        this.realm = Optional.ofNullable(context.getRealm().getDisplayName())
                .filter(name -> !name.isBlank())
                .orElse(context.getRealm().getName());
        this.user = context.getUser().getUsername();
        this.fileName = "backup-codes-" + context.getRealm().getName().replaceAll("[^A-Za-z0-9._-]+", "-") + "-"
                + today() + ".txt";
    }

    private static Optional<Integer> left(RequiredActionContext context) {
        try {
            return StoredBackupCodes.of(context.getUser()).map(StoredBackupCodes::left);
        } catch (VerificationUnavailableException e) {
            // Unreadable codes are useless to the user, so they do not count. The page shows new codes.
            return Optional.empty();
        }
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(ServerTime.now(), ZoneOffset.UTC);
    }

    public List<String> getCodes() {
        return codes;
    }

    /** Whether the user confirms by entering one of the codes, not by a checkbox. */
    public boolean isConfirmedByCode() {
        return confirmedByCode;
    }

    /** Whether the user may decline. */
    public boolean isOffer() {
        return offer;
    }

    /** How many old codes are left that the new codes replace; 0 if there are none. */
    public int getLeft() {
        return left.orElse(0);
    }

    public String getRealm() {
        return realm;
    }

    public String getUser() {
        return user;
    }

    /** ISO 8601, UTC. */
    public String getDate() {
        return today().toString();
    }

    /** The file name of the download: letters, digits, dots, underscores and dashes. */
    public String getFileName() {
        return fileName;
    }
}
