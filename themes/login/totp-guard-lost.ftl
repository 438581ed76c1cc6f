<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#assign error = messagesPerField.get("device")>
<@layout.registrationLayout displayMessage=!error?has_content; section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.lost.title")}</@guard.title>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-lost-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
            <p>${msg("totpGuard.lost.reason")}</p>
            <@guard.actions label=msg("totpGuard.lost.no") id="totp-guard-no" name="no" value="true"/>
            <fieldset class="totp-guard-choice ${guard.groupClass()}" aria-describedby="totp-guard-lost-kept<#if error?has_content> input-error-device</#if>">
                <legend class="${properties.kcLabelClass!}">${msg("totpGuard.lost.which")}</legend>
                <#list totpGuardDevices as device>
                    <div class="totp-guard-device">
                        <span>
                        <input type="radio" id="device-${device?counter?c}" name="device" value="${device.id}" aria-invalid="${error?has_content?c}"
                               <#if totpGuardDevices?size == 1>checked</#if>>
                        <label for="device-${device?counter?c}"><bdi>${device.label}</bdi></label>
                        </span>
                        <@guard.renameDevice device=device number=device?counter/>
                    </div>
                </#list>
                <div aria-live="polite">
                    <#if error?has_content>
                        <span id="input-error-device" class="totp-guard-error ${properties.kcInputErrorMessageClass!}">${error}</span>
                    </#if>
                </div>
            </fieldset>
            <p id="totp-guard-lost-kept">${msg("totpGuard.lost.kept")}</p>
            <@guard.logoutOtherSessions/>
            <@guard.secondary label=msg("totpGuard.lost.replace") id="totp-guard-replace" name="replace"/>
            <@guard.secondary label=msg("totpGuard.lost.stolen") id="totp-guard-stolen" name="stolen"/>
        </form>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
