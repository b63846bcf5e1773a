//! Codes of the demand side: what is needed, by whom, how urgently, under what protection.

use super::code_macro::codes;

codes! {
    /// The policy's fields of service. The first thirteen are named in the plan for 三社联动; the others follow from its
    /// list of client groups and from its tasks of mediation and community building.
    Domain {
        ElderlyCare = "elderly_care", "扶老";
        OrphanSupport = "orphan_support", "救孤";
        DisabilitySupport = "disability_support", "助残";
        EducationAid = "education_aid", "助学";
        MentalHealth = "mental_health", "精神卫生";
        CommunityCorrection = "community_correction", "社区矫正";
        PsychologicalSupport = "psychological_support", "心理疏导";
        HumanisticCare = "humanistic_care", "人文关怀";
        MigrantService = "migrant_service", "流动人口服务";
        LeftBehindChildren = "left_behind_children", "留守儿童关爱";
        LeftBehindWomen = "left_behind_women", "留守妇女关爱";
        LeftBehindElderly = "left_behind_elderly", "留守老人关爱";
        Environment = "environment", "环境保护";
        EmploymentAid = "employment_aid", "就业帮扶";
        PovertyRelief = "poverty_relief", "困难家庭帮扶";
        YouthBehaviour = "youth_behaviour", "不良行为青少年帮教";
        WomenFamily = "women_family", "妇女与家庭";
        PrisonerChildren = "prisoner_children", "服刑人员未成年子女";
        DisputeMediation = "dispute_mediation", "纠纷调解";
        CommunityIntegration = "community_integration", "社区融入";
    }
}

codes! {
    /// A client group; a resident may belong to several.
    ClientGroup {
        Elderly = "elderly", "老年人";
        Woman = "woman", "妇女";
        Child = "child", "儿童";
        Disabled = "disabled", "残疾人";
        Unemployed = "unemployed", "失业人员";
        RuralMigrantWorker = "rural_migrant_worker", "农民工";
        PrisonerChild = "prisoner_child", "服刑人员未成年子女";
        PoorHousehold = "poor_household", "困难家庭";
        SevereMentalDisorder = "severe_mental_disorder", "严重精神障碍患者"
            | "严重精神障碍" | "重性精神疾病" | "重性精神疾病患者";
        YouthMisconduct = "youth_misconduct", "有不良行为青少年";
        CorrectionSubject = "correction_subject", "社区矫正对象" | "社区服刑人员";
        LeftBehind = "left_behind", "留守人员";
        Migrant = "migrant", "流动人口";
        Veteran = "veteran", "优抚对象";
        BereavedOneChild = "bereaved_one_child", "计划生育特殊家庭";
        ViolenceVictim = "violence_victim", "暴力侵害受害人或证人";
    }
}

codes! {
    /// The colour of a risk, from low to high.
    Risk {
        Green = "green", "绿" | "0";
        Blue = "blue", "蓝" | "1";
        Yellow = "yellow", "黄" | "2";
        Red = "red", "红" | "3";
    }
}

codes! {
    /// What kind of service is asked for.
    ServiceType {
        Visit = "visit", "走访探访";
        HomeHelp = "home_help", "助洁助餐助行";
        PersonalCare = "personal_care", "生活照护";
        CaseWork = "case_work", "个案";
        GroupWork = "group_work", "小组";
        PsychSupport = "psych_support", "心理疏导";
        PsychTreatment = "psych_treatment", "心理治疗或诊断";
        RehabTraining = "rehab_training", "社区康复";
        FamilyEdu = "family_edu", "家庭教育指导";
        CorrectionHelp = "correction_help", "教育帮扶";
        Tutoring = "tutoring", "课业辅导";
        LegalAid = "legal_aid", "法律援助";
        EmploymentHelp = "employment_help", "就业帮扶";
        Mediation = "mediation", "调解";
        ResourceLink = "resource_link", "资源链接";
        Activity = "activity", "社区活动";
        Respite = "respite", "喘息服务";
        LawEnforcement = "law_enforcement", "执法事务（训诫、电子定位、外出审批）";
    }
}

codes! {
    /// Sex, after GB/T 2261.1.
    Sex {
        Unknown = "0", "未知" | "unknown";
        Male = "1", "男" | "male";
        Female = "2", "女" | "female";
        NotStated = "9", "未说明" | "not_stated";
    }
}

codes! {
    /// Age at the service date, cut at the thresholds of the law.
    AgeBand {
        From0 = "0-5", "0–5 岁";
        From6 = "6-7", "6–7 岁";
        From8 = "8-11", "8–11 岁";
        From12 = "12-13", "12–13 岁";
        From14 = "14-15", "14–15 岁";
        From16 = "16-17", "16–17 岁";
        From18 = "18-34", "18–34 岁";
        From35 = "35-59", "35–59 岁";
        From60 = "60-64", "60–64 岁";
        From65 = "65-69", "65–69 岁";
        From70 = "70-79", "70–79 岁";
        From80 = "80-89", "80–89 岁";
        From90 = "90+", "90 岁及以上";
    }
}

impl AgeBand {
    /// Below 18: a minor (未成年人保护法 2).
    #[must_use]
    pub fn is_minor(self) -> bool {
        self < Self::From18
    }

    /// Below 14: a guardian consents (个人信息保护法 31).
    #[must_use]
    pub fn needs_guardian_consent(self) -> bool {
        self < Self::From14
    }

    /// Below 8: may not be left unattended (未成年人保护法 21).
    #[must_use]
    pub fn needs_attendance(self) -> bool {
        self < Self::From8
    }

    /// Below 16: may not live apart from guardians (未成年人保护法 21).
    #[must_use]
    pub fn may_not_live_alone(self) -> bool {
        self < Self::From16
    }
}

codes! {
    /// Whether somebody looks after a minor.
    Guardianship {
        Present = "present", "有人监护";
        Unattended = "unattended", "无人看护";
        LivingAlone = "living_alone", "脱离监护单独生活";
    }
}

codes! {
    /// What the law wants reported and answered at once.
    Emergency {
        /// Of a minor: harm, suspected harm or danger (未成年人保护法 11).
        HarmToMinor = "harm_to_minor", "未成年人疑受侵害";
        /// Against somebody of no or limited capacity (反家庭暴力法 14, 15).
        DomesticViolence = "domestic_violence", "无或限制民事行为能力人疑受家庭暴力";
        /// Self-harm, or the danger of it (精神卫生法 28).
        SelfHarm = "self_harm", "自伤自杀或有此危险";
        /// Harm to others by somebody in a mental disorder, or the danger of it (精神卫生法 28).
        DangerToOthers = "danger_to_others", "精神障碍危害他人或有此危险";
    }
}

codes! {
    /// How confidential a case is, from open to sealed.
    Confidentiality {
        Open = "0", "公开";
        Internal = "1", "内部";
        Sensitive = "2", "敏感";
        HealthOrVictim = "3", "健康或受害人信息";
        Sealed = "4", "封存的未成年人或矫正信息";
    }
}

codes! {
    /// A consent or duty on record for handling a resident's data (个人信息保护法 13, 28–31).
    Consent {
        General = "general", "一般同意";
        Separate = "separate", "单独同意";
        Guardian = "guardian", "监护人同意";
        Statutory = "statutory", "履行法定职责";
    }
}
