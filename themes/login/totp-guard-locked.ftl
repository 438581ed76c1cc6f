<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("totpGuard.locked.title")}
    <#elseif section = "show-username">
        <@guard.nameOfUser/>
    <#elseif section = "form">
        <@guard.assets/>
        <form id="totp-guard-locked-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div id="totp-guard-locked" role="alert" <#if !totpGuardLocked.hard>data-until="${totpGuardLocked.until?c}"</#if>>
                <p>${msg("totpGuard.locked.reason")}</p>
                <p><#if totpGuardLocked.hard>${msg("totpGuard.locked.hard")}<#elseif totpGuardLocked.minutes == 1>${msg("totpGuard.locked.minute")}<#else>${msg("totpGuard.locked.minutes", totpGuardLocked.minutes?c)}</#if></p>
            </div>
            <#if !totpGuardLocked.hard>
                <@guard.actions label=msg("totpGuard.locked.retry") id="totp-guard-retry" name="retry" value="true"/>
            </#if>
        </form>
        <#if totpGuardLocked.hard>
            <@guard.useBackupCode/>
        </#if>
    </#if>
</@layout.registrationLayout>
