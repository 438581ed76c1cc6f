<#--
    What a page for a code offers to a user who cannot enter one: the user's other factors, the link by mail, and whom to ask. A page
    imports this file as "ways".
-->
<#import "totp-guard-commons.ftl" as guard>

<#-- Folded without a script. It is open after some wrong codes, when the page also gives the hint. -->
<#macro cantUseApp>
    <@folded title=msg("totpGuard.ways.cantUseApp")>
        <@guard.useBackupCode/>
        <@keys/>
        <#if (totpGuardMailLink!false) && url.loginResetCredentialsUrl?has_content>
            <p><a id="totp-guard-use-mail-link" href="${url.loginResetCredentialsUrl}">${msg("totpGuard.ways.mailLink")}</a></p>
        </#if>
    </@folded>
</#macro>

<#macro cantUseBackupCode>
    <@folded title=msg("totpGuard.ways.cantUseBackupCode")>
        <@keys/>
    </@folded>
</#macro>

<#macro folded title>
    <details id="totp-guard-other-ways" class="totp-guard totp-guard-other-ways" <#if totpGuardHint??>open</#if>>
        <summary>${title}</summary>
        <#nested>
        <@help/>
    </details>
</#macro>

<#-- The ways that are open while one-time codes are locked: keys, and during a hard lock also backup codes. -->
<#macro whileLocked hard>
    <#if hard>
        <@guard.useBackupCode/>
    </#if>
    <@keys/>
    <#list (totpGuardProofWays)![] as way>
        <#if way.key || hard>
            <form class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <input type="hidden" name="totpGuardProof" value="true">
                <@guard.secondary label=msg(way.use) id="totp-guard-prove-by-" + way.way name="proveBy" value=way.way/>
            </form>
        </#if>
    </#list>
    <div class="totp-guard">
        <@help/>
    </div>
</#macro>

<#macro keys>
    <@guard.insteadOfThis authenticators=["webauthn-authenticator"] label=msg("totpGuard.prove.use.SECURITY_KEY") id="totp-guard-use-security-key"/>
    <@guard.insteadOfThis authenticators=["webauthn-authenticator-passwordless"] label=msg("totpGuard.prove.use.PASSKEY") id="totp-guard-use-passkey"/>
</#macro>

<#macro help>
    <p id="totp-guard-help"><@contact label=msg("totpGuard.ways.help") otherwise=msg("totpGuard.ways.helpOfAdministrator")/></p>
</#macro>

<#-- The label with the contact of the policy; without one, the text that names the administrator. A page opens beside the login. -->
<#macro contact label otherwise>
    <#if totpGuardHelp??>
        ${label}
        <#if totpGuardHelp.link?has_content>
            <a href="${totpGuardHelp.link}"<#if totpGuardHelp.web> target="_blank" rel="noopener noreferrer"</#if>><bdi>${totpGuardHelp.text}</bdi></a>
        <#else>
            <bdi>${totpGuardHelp.text}</bdi>
        </#if>
    <#else>
        ${otherwise}
    </#if>
</#macro>
