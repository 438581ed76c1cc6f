<#import "template.ftl" as layout>
<#import "totp-guard-mail-commons.ftl" as mail>
<@layout.emailLayout>
<@mail.content>
    <p>${msg(totpGuardNotice.change + ".reason", totpGuardNotice.realm)}</p>
    <#if totpGuardNotice.counted>
        <p>${msg("totpGuard.mail.left", totpGuardNotice.left?c)}</p>
    </#if>
    <#if totpGuardNotice.byAdministrator>
        <p>${msg("totpGuard.mail.byAdministrator")}</p>
    </#if>
    <@mail.origin where=!totpGuardNotice.byAdministrator>
        <#if totpGuardNotice.name?has_content>
        <tr><th align="left" scope="row">${msg("totpGuard.mail.name")}</th><td>${totpGuardNotice.name}</td></tr>
        </#if>
    </@mail.origin>
    <p>${totpGuardNotice.byAdministrator?then(msg("totpGuard.mail.byAdministrator.notYou"), msg(totpGuardNotice.change + ".notYou"))}</p>
    <#if !totpGuardNotice.byAdministrator>
        <p>${msg(totpGuardNotice.change + ".you")}</p>
    </#if>
    <#if totpGuardNotice.factorsPage?has_content>
        <p><a href="${totpGuardNotice.factorsPage}">${msg("totpGuard.mail.factors")}</a></p>
    </#if>
</@mail.content>
</@layout.emailLayout>
