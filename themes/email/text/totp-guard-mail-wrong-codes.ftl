<#ftl output_format="plainText">
<#import "totp-guard-mail-commons.ftl" as mail>
${msg("totpGuard.mail.wrongCodes.reason", totpGuardNotice.realm)}

<@mail.origin/>

${msg("totpGuard.mail.notYou")}

${msg("totpGuard.mail.wrongCodes.you")}
