<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("totpGuard.limit.title")}
    <#elseif section = "form">
        <@guard.assets/>
        <form id="totp-guard-limit-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div>
                <p id="totp-guard-limit-reason">${msg("totpGuard.limit.reason", totpGuardMaxDevices?c)}</p>
                <p>${msg("totpGuard.limit.remedy")}</p>
            </div>
            <@guard.actions label=msg("doContinue") id="totp-guard-continue" name="continue" value="true"/>
            <@guard.deviceList devices=totpGuardDevices![]/>
        </form>
    </#if>
</@layout.registrationLayout>
