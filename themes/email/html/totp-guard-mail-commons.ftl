<#-- Time and origin of the event. More rows may come first. -->
<#macro origin where=true>
    <table>
        <#nested>
        <tr><th align="left" scope="row">${msg("totpGuard.mail.time")}</th><td>${totpGuardNotice.time}</td></tr>
        <#if where>
        <tr><th align="left" scope="row">${msg("totpGuard.mail.browser")}</th><td>${totpGuardNotice.browser?has_content?then(totpGuardNotice.browser, msg("totpGuard.mail.unknown"))}</td></tr>
        <tr><th align="left" scope="row">${msg("totpGuard.mail.address")}</th><td>${totpGuardNotice.address?has_content?then(totpGuardNotice.address, msg("totpGuard.mail.unknown"))}</td></tr>
        </#if>
    </table>
</#macro>
