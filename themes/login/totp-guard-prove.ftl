<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("otp"); section>
    <#if section = "header">
        ${msg("totpGuard.prove.title")}
    <#elseif section = "form">
        <@guard.assets/>
        <form id="totp-guard-prove-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
            <p id="totp-guard-prove-reason"><#if (totpGuardProofFor!"DEVICE") == "BACKUP_CODES">${msg("totpGuard.prove.backupCodes")}<#elseif (totpGuardProofFor!"DEVICE") == "REMOVAL">${msg("totpGuard.prove.removal")}<#else>${msg("totpGuard.prove.reason")}</#if></p>
            <@guard.codeHint/>
            <@guard.codeField name="otp" error=messagesPerField.get("otp") autofocus=true/>
            <@guard.actions label=msg("doContinue") id="totp-guard-submit" cancel=true/>
        </form>
    </#if>
</@layout.registrationLayout>
