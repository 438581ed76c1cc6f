<#--
    The content of a mail. If there is no file for the language of the mail, our texts are in another one, and are marked with it. See
    totp-guard-commons.ftl of the pages.
-->
<#macro content>
    <#local ours = msg("totpGuard.language")>
    <#local page = locale.toLanguageTag()>
    <#if page == ours || page?starts_with(ours + "-")>
        <#nested>
    <#else>
        <div lang="${ours}" dir="${["ar", "fa"]?seq_contains(ours)?then("rtl", "ltr")}">
            <#nested>
        </div>
    </#if>
</#macro>

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
