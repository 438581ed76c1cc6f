<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("backupCode", "saved"); section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.backupCodes.title")}</@guard.title>
    <#elseif section = "form">
        <@guard.content>
        <div id="totp-guard-backup-codes-page" class="totp-guard">
            <div class="totp-guard-no-print">
                <p>${msg("totpGuard.backupCodes.reason")}</p>
                <#if totpGuardBackupCodes.left gt 0>
                    <@guard.warning id="totp-guard-backup-codes-left"><#if totpGuardBackupCodes.left == 1>${msg("totpGuard.backupCodes.leftOne")}<#else>${msg("totpGuard.backupCodes.left", totpGuardBackupCodes.left?c)}</#if></@guard.warning>
                </#if>
                <p>${msg("totpGuard.backupCodes.keep")}</p>
            </div>
            <p class="totp-guard-print-only">${msg("totpGuard.backupCodes.listOf")} <bdi>${totpGuardBackupCodes.realm}</bdi>, <bdi>${totpGuardBackupCodes.user}</bdi>, ${totpGuardBackupCodes.date}</p>
            <ul id="totp-guard-backup-codes" class="${properties.kcListClass!}"
                data-heading="${msg("totpGuard.backupCodes.listOf")} ${totpGuardBackupCodes.realm}, ${totpGuardBackupCodes.user}, ${totpGuardBackupCodes.date}"
                data-note="${msg("totpGuard.backupCodes.once")}"
                data-file-name="${totpGuardBackupCodes.fileName}">
                <#list totpGuardBackupCodes.codes as code>
                    <li><code dir="ltr" translate="no">${code}</code></li>
                </#list>
            </ul>
            <p class="totp-guard-print-only">${msg("totpGuard.backupCodes.once")}</p>
            <div class="totp-guard-tools totp-guard-no-print">
                <@tool id="totp-guard-copy-codes" label=msg("totpGuard.backupCodes.copy")/>
                <@tool id="totp-guard-print-codes" label=msg("totpGuard.backupCodes.print")/>
                <@tool id="totp-guard-download-codes" label=msg("totpGuard.backupCodes.download")/>
                <p id="totp-guard-copy-codes-result" role="status" aria-live="polite"
                   data-copied="${msg("totpGuard.backupCodes.copied")}"
                   data-failed="${msg("totpGuard.backupCodes.copyFailed")}"></p>
            </div>
            <form id="totp-guard-backup-codes-form" class="totp-guard-no-print ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
                <#if totpGuardBackupCodes.confirmedByCode>
                    <@guard.backupCodeField hint=msg("totpGuard.backupCodes.confirmHint") error=messagesPerField.get("backupCode") autofocus=messagesPerField.existsError("backupCode")/>
                <#else>
                    <@guard.checkbox name="saved" label=msg("totpGuard.backupCodes.saved") error=messagesPerField.get("saved")/>
                </#if>
                <@guard.logoutOtherSessions/>
                <@guard.actions label=guard.keycloaks("doContinue") id="totp-guard-submit" name="confirm" value="true" cancel=true/>
                <#if totpGuardBackupCodes.offer>
                    <@guard.secondary label=msg("totpGuard.backupCodes.later") id="totp-guard-later" name="later"/>
                </#if>
            </form>
        </div>
        </@guard.content>
    </#if>
</@layout.registrationLayout>

<#macro tool id label>
    <button type="button" id="${id}" hidden
            class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!}">${label}</button>
</#macro>
