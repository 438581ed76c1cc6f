<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout; section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.limit.title")}</@guard.title>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-limit-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div>
                <p id="totp-guard-limit-reason">${msg("totpGuard.limit.reason", totpGuardMaxDevices?c)}</p>
                <p>${msg("totpGuard.limit.remedy")}</p>
            </div>
            <@guard.actions label=guard.keycloaks("doContinue") id="totp-guard-continue" name="continue" value="true"/>
            <@guard.deviceList devices=totpGuardDevices![]/>
        </form>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
