<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#import "totp-guard-ways.ftl" as ways>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("otp", "backupCode"); section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.prove.title")}</@guard.title>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-prove-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
            <input type="hidden" name="totpGuardProof" value="true">
            <p id="totp-guard-prove-reason">${msg(totpGuardProof.reason)}</p>
            <#if totpGuardProof.key>
                <p id="totp-guard-prove-key">${msg(totpGuardProof.instruction)}</p>
                <@guard.actions label=msg(totpGuardProof.use) id="totp-guard-submit" name="proveBy" value=totpGuardProof.way cancel=true/>
            <#elseif totpGuardProof.way == "BACKUP_CODES">
                <@guard.codeHint/>
                <@guard.backupCodeField hint=guard.backupCodeHint() error=messagesPerField.get("backupCode") autofocus=true/>
                <@guard.actions label=guard.keycloaks("doContinue") id="totp-guard-submit" cancel=true/>
            <#else>
                <@guard.codeHint/>
                <@guard.codeField name="otp" error=messagesPerField.get("otp") autofocus=true/>
                <@guard.actions label=guard.keycloaks("doContinue") id="totp-guard-submit" cancel=true/>
            </#if>
        </form>
        <#list totpGuardProof.others as other>
            <form class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <input type="hidden" name="totpGuardProof" value="true">
                <@guard.secondary label=msg(other.use) id="totp-guard-prove-by-" + other.way name="proveBy" value=other.way/>
            </form>
        </#list>
        <div class="totp-guard">
            <@ways.help/>
        </div>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
