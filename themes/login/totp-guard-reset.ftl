<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#import "totp-guard-ways.ftl" as ways>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("otp", "backupCode"); section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.reset.title")}</@guard.title>
    <#elseif section = "show-username">
        <@guard.nameOfUser/>
    <#elseif section = "form">
        <@guard.content>
        <#if totpGuardReset.proved>
            <form id="totp-guard-reset-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <p>${msg("totpGuard.reset.proved")}</p>
                <@guard.actions label=msg("totpGuard.reset.keep") id="totp-guard-keep" name="keep" value="true"/>
                <@guard.secondary label=msg("totpGuard.reset.replaceAll") id="totp-guard-lost" name="lost"/>
            </form>
        <#else>
            <#if totpGuardReset.device>
            <form id="totp-guard-code-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
                <p>${msg("totpGuard.reset.reason")}</p>
                <@guard.codeHint/>
                <@guard.codeField name="otp" error=messagesPerField.get("otp") autofocus=true/>
                <@guard.checkbox name="replace" label=msg("totpGuard.reset.replace")/>
                <@guard.actions label=guard.keycloaks("doContinue") id="kc-login" name="login"/>
            </form>
            </#if>
            <#if totpGuardReset.backupCodes>
                <form id="totp-guard-backup-code-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
                    <p>${totpGuardReset.device?then(msg("totpGuard.reset.backupCode"), msg("totpGuard.reset.backupCodeOnly"))}</p>
                    <@guard.backupCodeField hint=guard.backupCodeHint() error=messagesPerField.get("backupCode")/>
                    <@guard.secondary label=msg("totpGuard.reset.useBackupCode") id="totp-guard-use-backup-code" name="use"/>
                </form>
            </#if>
            <#list totpGuardReset.keys as key>
                <form class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                    <#if !totpGuardReset.device && !totpGuardReset.backupCodes && key?is_first>
                        <p>${msg("totpGuard.reset.keyOnly")}</p>
                    </#if>
                    <@guard.secondary label=msg(key.use) id="totp-guard-prove-by-" + key.way name="proveBy" value=key.way/>
                </form>
            </#list>
            <#if totpGuardReset.mailLinkEnough>
                <form id="totp-guard-lost-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                    <p id="totp-guard-lost-reason">${msg("totpGuard.reset.lost")}</p>
                    <@guard.secondary label=msg("totpGuard.reset.replaceAll") id="totp-guard-lost" name="lost"/>
                </form>
            <#else>
                <p id="totp-guard-lost-reason" class="totp-guard"><@ways.contact label=msg("totpGuard.reset.lostHelp") otherwise=msg("totpGuard.reset.lostContact")/></p>
            </#if>
        </#if>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
