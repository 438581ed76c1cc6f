<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#import "totp-guard-ways.ftl" as ways>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.unavailable.title")}</@guard.title>
    <#elseif section = "show-username">
        <@guard.nameOfUser/>
    <#elseif section = "form">
        <@guard.content>
        <div id="totp-guard-unavailable" class="totp-guard">
            <p>${msg("totpGuard.error.unavailable")}</p>
            <p><@ways.contact label=msg("totpGuard.unavailable.help") otherwise=msg("totpGuard.unavailable.contact")/></p>
            <#if url.loginRestartFlowUrl?has_content>
                <p><a id="totp-guard-restart" href="${url.loginRestartFlowUrl}">${msg("totpGuard.unavailable.restart")}</a></p>
            </#if>
        </div>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
