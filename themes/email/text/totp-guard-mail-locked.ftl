<#ftl output_format="plainText">
<#import "totp-guard-mail-commons.ftl" as mail>
${msg("totpGuard.mail.locked.reason", totpGuardNotice.realm)}

<#if totpGuardNotice.lockedUntil?has_content>
${msg("totpGuard.mail.locked.until", totpGuardNotice.lockedUntil)}
<#else>
${msg("totpGuard.mail.locked.hard")}
</#if>

<#if totpGuardNotice.passwordChange>
${msg("totpGuard.mail.locked.passwordChange")}

</#if>
<@mail.origin/>

${msg("totpGuard.mail.notYou")}

<#if totpGuardNotice.lockedUntil?has_content>
${msg("totpGuard.mail.locked.you")}
<#else>
${msg("totpGuard.mail.locked.youHard")}
</#if>
