<#import "template.ftl" as layout>
<#import "totp-guard-mail-commons.ftl" as mail>
<@layout.emailLayout>
<@mail.content>
    <p>${msg("totpGuard.mail.wrongCodes.reason", totpGuardNotice.realm)}</p>
    <@mail.origin/>
    <p>${msg("totpGuard.mail.notYou")}</p>
    <p>${msg("totpGuard.mail.wrongCodes.you")}</p>
</@mail.content>
</@layout.emailLayout>
