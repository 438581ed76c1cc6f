<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout; section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.kept.title")}</@guard.title>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-kept-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <p id="totp-guard-kept-reason">${totpGuardRefusal}</p>
            <@guard.actions label=guard.keycloaks("doContinue") id="totp-guard-continue" name="continue" value="true"/>
        </form>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
