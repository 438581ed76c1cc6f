<#ftl output_format="plainText">
<#macro origin where=true>
<#nested>
${msg("totpGuard.mail.time")}: ${totpGuardNotice.time}
<#if where>
${msg("totpGuard.mail.browser")}: ${totpGuardNotice.browser?has_content?then(totpGuardNotice.browser, msg("totpGuard.mail.unknown"))}
${msg("totpGuard.mail.address")}: ${totpGuardNotice.address?has_content?then(totpGuardNotice.address, msg("totpGuard.mail.unknown"))}
</#if>
</#macro>
