<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#import "totp-guard-ways.ftl" as ways>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("otp"); section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.code.title")}</@guard.title>
    <#elseif section = "show-username">
        <@guard.nameOfUser/>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-code-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
            <@guard.codeHint/>
            <@guard.codeField name="otp" error=messagesPerField.get("otp") autofocus=true/>
            <#if totpGuardTrustDays?? && (totpGuardTrustDays > 0)>
                <@guard.checkbox name="trustBrowser" label=(totpGuardTrustDays == 1)?then(msg("totpGuard.trust.day"), msg("totpGuard.trust.days", totpGuardTrustDays))/>
            </#if>
            <@guard.actions label=guard.keycloaks("doLogIn") id="kc-login" name="login"/>
        </form>
        <@ways.cantUseApp/>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
