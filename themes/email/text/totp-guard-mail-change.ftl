<#ftl output_format="plainText">
<#import "totp-guard-mail-commons.ftl" as mail>
${msg(totpGuardNotice.change + ".reason", totpGuardNotice.realm)}

<#if totpGuardNotice.counted>
${msg("totpGuard.mail.left", totpGuardNotice.left?c)}

</#if>
<#if totpGuardNotice.byAdministrator>
${msg("totpGuard.mail.byAdministrator")}

</#if>
<@mail.origin where=!totpGuardNotice.byAdministrator>
<#if totpGuardNotice.name?has_content>
${msg("totpGuard.mail.name")}: ${totpGuardNotice.name}
</#if>
</@mail.origin>

${totpGuardNotice.byAdministrator?then(msg("totpGuard.mail.byAdministrator.notYou"), msg(totpGuardNotice.change + ".notYou"))}
<#if !totpGuardNotice.byAdministrator>

${msg(totpGuardNotice.change + ".you")}
</#if>
<#if totpGuardNotice.factorsPage?has_content>

${msg("totpGuard.mail.factors")}: ${totpGuardNotice.factorsPage}
</#if>
