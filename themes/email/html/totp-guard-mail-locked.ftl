<#import "template.ftl" as layout>
<#import "totp-guard-mail-commons.ftl" as mail>
<@layout.emailLayout>
<@mail.content>
    <p>${msg("totpGuard.mail.locked.reason", totpGuardNotice.realm)}</p>
    <p><#if totpGuardNotice.lockedUntil?has_content>${msg("totpGuard.mail.locked.until", totpGuardNotice.lockedUntil)}<#else>${msg("totpGuard.mail.locked.hard")}</#if></p>
    <#if totpGuardNotice.passwordChange>
        <p>${msg("totpGuard.mail.locked.passwordChange")}</p>
    </#if>
    <@mail.origin/>
    <p>${msg("totpGuard.mail.notYou")}</p>
    <p><#if totpGuardNotice.lockedUntil?has_content>${msg("totpGuard.mail.locked.you")}<#else>${msg("totpGuard.mail.locked.youHard")}</#if></p>
</@mail.content>
</@layout.emailLayout>
