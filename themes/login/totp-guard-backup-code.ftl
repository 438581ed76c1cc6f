<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#import "totp-guard-ways.ftl" as ways>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("backupCode"); section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.backupCode.title")}</@guard.title>
    <#elseif section = "show-username">
        <@guard.nameOfUser/>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-backup-code-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
            <@guard.backupCodeField hint=guard.backupCodeHint() error=messagesPerField.get("backupCode") autofocus=true/>
            <@guard.actions label=guard.keycloaks("doLogIn") id="kc-login" name="login" cancel=true/>
        </form>
        <#if totpGuardOnCodePage!false>
            <@guard.changeOnPage label=msg("totpGuard.backupCode.useApp") id="totp-guard-use-app" name="useApp"/>
        <#else>
            <@guard.insteadOfThis authenticators=["totp-guard-form", "auth-otp-form", "auth-conditional-otp-form"] label=msg("totpGuard.backupCode.useApp") id="totp-guard-use-app"/>
        </#if>
        <@ways.cantUseBackupCode/>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
