<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("totpGuard.kept.title")}
    <#elseif section = "form">
        <@guard.assets/>
        <form id="totp-guard-kept-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <p id="totp-guard-kept-reason">${totpGuardRefusal}</p>
            <@guard.actions label=msg("doContinue") id="totp-guard-continue" name="continue" value="true"/>
        </form>
    </#if>
</@layout.registrationLayout>
